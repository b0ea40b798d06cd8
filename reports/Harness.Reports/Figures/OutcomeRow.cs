using Harness.Records;

namespace Harness.Reports.Figures;

/// <summary>What came of the arrivals of one scenario that were due in one phase.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">One step of it; null for the whole iteration. A step has no due, dropped or open.</param>
/// <param name="Phase">The phase in which the arrivals were due.</param>
internal sealed record OutcomeRow(string Scenario, string? Step, Phase Phase)
{
    public long Due { get; init; }
    public long Ok { get; init; }
    public long Refused { get; init; }
    public long Unknown { get; init; }
    public long Dropped { get; init; }

    /// <summary>Still running when the last sample was taken.</summary>
    public long Open { get; init; }

    /// <summary>Of all that were due, those answered ok; of a step, of all that ended. Null where there were none.</summary>
    public double? OkRatio => (Step is null ? Due : Ok + Refused + Unknown) is > 0 and var whole ? (double)Ok / whole : null;

    /// <summary>Arrivals that the record lost sight of; anything but zero is a fault of the harness.</summary>
    public long Missing => Step is null ? Due - Ok - Refused - Unknown - Dropped - Open : 0;

    /// <summary>Adds up the samples: by scenario, whole iterations before steps, then by phase.</summary>
    public static IReadOnlyList<OutcomeRow> Of(RunFacts facts) =>
    [
        .. from sample in facts.Series.SelectMany(s => s.Scenarios)
           group sample by (sample.Scenario, sample.Step, sample.Phase) into same
           let row = Sum(new OutcomeRow(same.Key.Scenario, same.Key.Step, same.Key.Phase), same)
           where row.Due + row.Ok + row.Refused + row.Unknown + row.Dropped + row.Open > 0
           let scenario = facts.Scenarios.ToList().IndexOf(row.Scenario)
           orderby scenario, row.Step is not null, row.Step, row.Phase
           select row,
    ];

    private static OutcomeRow Sum(OutcomeRow row, IEnumerable<ScenarioSample> samples) =>
        samples.Aggregate(row, (sum, sample) => sum with
        {
            Due = sum.Due + sample.Due,
            Ok = sum.Ok + sample.Ok,
            Refused = sum.Refused + sample.Refused,
            Unknown = sum.Unknown + sample.Unknown,
            Dropped = sum.Dropped + sample.Dropped,
            Open = sample.Open,
        });
}
