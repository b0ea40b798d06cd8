using System.Buffers;

namespace Harness.Records;

/// <summary>What a histogram of <c>latency.hlog</c> measures; on disk the line's tag, <c>fault/checkout/response</c>.</summary>
/// <param name="Phase">The phase in which the arrivals were due.</param>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Measure"><see cref="Response"/>, <see cref="Lateness"/>, or a step's name behind <c>step:</c>.</param>
/// <remarks>All histograms count microseconds. Merging every line of a tag gives the phase's distribution by due time; merging by the
/// lines' own intervals gives the distribution by completion.</remarks>
public readonly record struct LatencyTag(Phase Phase, string Scenario, string Measure)
{
    /// <summary>From the moment an arrival was due to the end of its iteration: what a user of the schedule would have waited.</summary>
    public const string Response = "response";

    /// <summary>From the moment an arrival was due to the start of its iteration: the generator's own delay.</summary>
    public const string Lateness = "lateness";

    private const string StepPrefix = "step:";
    private static readonly SearchValues<char> Reserved = SearchValues.Create("%/, \t\r\n");

    /// <summary>The time of one step, from its start to its end.</summary>
    public static LatencyTag ForStep(Phase phase, string scenario, string step) => new(phase, scenario, StepPrefix + step);

    /// <summary>The step's name; null for another measure.</summary>
    public string? Step => Measure.StartsWith(StepPrefix, StringComparison.Ordinal) ? Measure[StepPrefix.Length..] : null;

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is no such tag.</summary>
    public static LatencyTag? Parse(string? text) =>
        text?.Split('/', 3) is [var phase, var scenario, var measure] && Enum.TryParse(phase, ignoreCase: true, out Phase known)
            ? new LatencyTag(known, Uri.UnescapeDataString(scenario), Uri.UnescapeDataString(measure))
            : null;

    /// <summary>The tag as it stands in the file. What would end a name or a column there is written <c>%2F</c>, as in an
    /// address.</summary>
    public override string ToString() => $"{Phase.ToString().ToLowerInvariant()}/{Escape(Scenario)}/{Escape(Measure)}";

    private static string Escape(string name) =>
        name.AsSpan().ContainsAny(Reserved) ? Uri.EscapeDataString(name).Replace("%3A", ":", StringComparison.Ordinal) : name;
}
