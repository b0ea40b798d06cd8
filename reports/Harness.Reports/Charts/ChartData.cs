using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Reports.Figures;

namespace Harness.Reports.Charts;

/// <summary>What page.js draws from: the common time axis, what stands on it, and the charts.</summary>
internal sealed record ChartData(
    double From, double To, IReadOnlyList<ChartWindow> Phases, IReadOnlyList<ChartWindow> Faults, IReadOnlyList<Chart> Charts)
{
    // The default encoder: it escapes <, > and & so that no text of a target can end the script element that this stands in.
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static ChartData Of(RunFacts facts, IReadOnlyList<Chart> charts)
    {
        var phases = facts.Phases.Select(p => new ChartWindow(Written.Word(p.Phase), Second(p.Start), Second(p.End))).ToList();
        double from = phases.Select(p => p.From).DefaultIfEmpty(0).Min();
        double to = Math.Max(from + 1, Math.Max(phases.Select(p => p.To).DefaultIfEmpty(0).Max(), Second(facts.Length)));
        var faults = facts.Faults.Select(f => new ChartWindow(FaultName.Of(facts, f.Name), Second(f.Start), f.End is { } end ? Second(end) : to));
        return new ChartData(from, to, phases, [.. faults], charts);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    private static double Second(TimeSpan at) => Math.Round(at.TotalSeconds, 2);
}

/// <summary>A named stretch of the time axis, in seconds since the run's start.</summary>
internal sealed record ChartWindow(string Name, double From, double To);
