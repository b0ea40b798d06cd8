using System.Text.Json;
using Harness.Records;

namespace Harness.Reports.Gates;

/// <summary>Values that an earlier run was accepted with, by the text of the rule; kept beside the gate file in version control.</summary>
public sealed record Baseline
{
    public const int CurrentFormatVersion = 1;

    public int FormatVersion { get; init; } = CurrentFormatVersion;

    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();

    /// <summary>Reads it; empty when the file is not there yet.</summary>
    /// <exception cref="RecordException">It is damaged, or of a newer format.</exception>
    public static Baseline Read(string file)
    {
        Baseline read = File.Exists(file) ? Parse(file) : new Baseline();
        return read.FormatVersion <= CurrentFormatVersion
            ? read
            : throw new RecordException($"{file} has format {read.FormatVersion}; this build reads up to {CurrentFormatVersion}.");
    }

    /// <summary>What would make the same runs pass.</summary>
    public static Baseline Of(IEnumerable<GateResult> results) => new()
    {
        Values = new SortedDictionary<string, double>(
            results.Where(result => result is { Layer: GateLayer.Exact or GateLayer.Absolute, Estimate: not null })
                .GroupBy(result => result.Rule)
                .ToDictionary(same => same.Key, same => (same.First().Layer == GateLayer.Absolute ? same.First().Estimate : same.Max(one => one.Estimate))!.Value),
            StringComparer.Ordinal),
    };

    private static Baseline Parse(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Baseline>(File.ReadAllText(file), RecordJson.Document) ?? new Baseline();
        }
        catch (JsonException e)
        {
            throw new RecordException($"{file} is no baseline: {e.Message}", e);
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, RecordJson.Document) + "\n");
}
