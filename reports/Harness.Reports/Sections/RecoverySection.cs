using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>How fast it was felt, how fast it passed, and when the data had come to rest.</summary>
internal static class RecoverySection
{
    /// <summary>Null where nothing was put wrong: then there is nothing to recover from.</summary>
    public static Section? Of(RunFacts facts)
    {
        IReadOnlyList<Recovery> recoveries = Recovery.Of(facts);
        return facts.Faults.Count == 0 ? null : new Section("recovery", "Recovery", Html.Of($"""
            {SettlingOf(facts)}
            {(recoveries.Count == 0 ? Html.Of($"<p>There is no baseline to compare with.</p>") : TableOf(recoveries))}
            """));
    }

    private static Html TableOf(IReadOnlyList<Recovery> recoveries) => Html.Of($"""
        {new Table("From the first fault being in place, and from the last healing").Text("Scenario").Number("Felt after").Number("Well again after")
            .Group(null, recoveries.Select(Row)).ToHtml()}
        <p class="note">A second is bad when its availability (none, while everything is stuck) is more than {Recovery.AvailabilityMargin * 100} percentage point below that of the worst second of the baseline, or its p99 above {Recovery.LatencyFactor} times the worst there. {Recovery.BadSeconds} bad seconds in a row are felt; {Recovery.GoodSeconds} good ones in a row are health.</p>
        """);

    private static Html[] Row(Recovery recovery) =>
    [
        Html.Of($"{recovery.Scenario}"),
        Html.Of($"{(recovery.FeltAfter is { } felt ? Written.Duration(felt) : "not felt")}"),
        Html.Of($"{Well(recovery)}"),
    ];

    private static string Well(Recovery recovery) => (recovery.FeltAfter, recovery.WellAfter) switch
    {
        (null, _) => Written.Nothing,
        (_, { Ticks: 0 }) => "at once",
        (_, { } well) => Written.Duration(well),
        _ => "not in this run",
    };

    private static Html SettlingOf(RunFacts facts) => Settling.Of(facts) switch
    {
        { IsOpen: true } => Html.Of($"""<p class="warning">The data had not come to rest when the run ended.</p>"""),
        { After: { } after } => Html.Of($"<p>The data came to rest <b>{Written.Duration(after)}</b> after the last fault was healed and the load had ended.</p>"),
        _ => Html.Of($"<p>Whether the data came to rest was not recorded.</p>"),
    };
}
