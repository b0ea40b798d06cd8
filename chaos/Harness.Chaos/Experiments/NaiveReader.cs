using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.Chaos.Experiments;

/// <summary>Reads <c>naive:</c>: the same experiment once more with switches as somebody sets them who believes the fallacy, and what fails then.</summary>
/// <remarks>It makes an axis of the matrix, <c>configuration</c>, so that <c>--matrix configuration=naive</c> runs it alone. Where the file's own
/// matrix sets all of these switches, there is none: the variants with these values are the naive ones.</remarks>
internal sealed class NaiveReader(Vocabulary vocabulary, IReadOnlyList<Expectation> expect)
{
    public const string Axis = "configuration";
    private const string Key = "naive", WellBuilt = "well-built", Naive = "naive";
    private static readonly string[] Kinds = ["availability", "latency", "settled", "cost"];

    public static IReadOnlyList<string> Configurations { get; } = [WellBuilt, Naive];

    /// <summary>Whether the naive configuration is a variant beside those of the file's matrix, rather than one of them.</summary>
    public static bool MakesAxis(MappingReader root) => root.Has(Key) && !IsInMatrix(root);

    /// <param name="root">The file.</param>
    /// <param name="target">Gets the naive switches, in the naive variant.</param>
    /// <param name="variant">Says which it is.</param>
    /// <returns>What is predicted; null in the other variant, and where there is no such key.</returns>
    public Prediction? Read(MappingReader root, Dictionary<string, string> target, IReadOnlyDictionary<string, string> variant)
    {
        if (root.Mapping(Key) is not { } fields)
            return null;
        Dictionary<string, string> switches = ExperimentReader.ReadTarget(fields.Mapping("target"));
        if (switches.Count == 0)
            fields.Report("target", "is missing; it takes the switches that are naive, such as { resilience: off }");
        IReadOnlyList<string> fails = fields.Texts("fails");
        if (fails.Count == 0)
            fields.Report("fails", $"is missing; it takes checks, and kinds of expectations ({string.Join(", ", Kinds)})");
        foreach (string name in fails)
        {
            if (!Kinds.Contains(name) && !vocabulary.Checks.Contains(name))
                fields.Report("fails", $"'{name}' is neither a check nor a kind of expectation; {NearestName.Hint(name, [.. Kinds, .. vocabulary.Checks])}");
            else if (!IsAsked(name))
                fields.Report("fails", $"'{name}' is not expected of this experiment, so nobody would see it fail");
        }

        string? because = fields.Text("because");
        fields.RejectUnknownKeys();
        if (IsInMatrix(root))
        {
            RejectValuesOutside(root.Mapping("matrix")!, switches, fields);
            return switches.All(one => variant.GetValueOrDefault(one.Key) == one.Value) ? new Prediction(fails, because) : null;
        }

        if (variant.GetValueOrDefault(Axis) != Naive)
            return null;
        foreach ((string name, string value) in switches)
            target[name] = value;
        return new Prediction(fails, because);
    }

    private static bool IsInMatrix(MappingReader root)
    {
        if (root.Mapping("matrix") is not { } matrix || root.Mapping(Key)?.Mapping("target") is not { } target)
            return false;
        string[] set = [.. OrderSystemSwitches.All.Where(target.Has)];
        return set.Length > 0 && set.All(matrix.Has);
    }

    private static void RejectValuesOutside(MappingReader matrix, Dictionary<string, string> switches, MappingReader fields)
    {
        foreach ((string name, string value) in switches)
        {
            if (!matrix.Texts(name).Contains(value))
                fields.Report("target", $"{name}: '{value}' is none of the matrix's values, so no run would be the naive one; {NearestName.Hint(value, [.. matrix.Texts(name)])}");
        }
    }

    private bool IsAsked(string name) => expect.Any(expectation => expectation switch
    {
        ChecksExpectation checks => checks.Names.Contains(name),
        AvailabilityExpectation => name == "availability",
        LatencyExpectation => name == "latency",
        SettledExpectation => name == "settled",
        CostExpectation => name == "cost",
        _ => false,
    });
}
