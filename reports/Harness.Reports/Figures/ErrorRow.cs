using Harness.Records;

namespace Harness.Reports.Figures;

/// <summary>How often one class of error came to one scenario, or one step of it, in each phase by due time.</summary>
internal sealed record ErrorRow(string Scenario, string? Step, string Class, IReadOnlyDictionary<Phase, long> Counts)
{
    public long Total => Counts.Values.Sum();

    /// <summary>Every class that came, the most frequent of each scenario first.</summary>
    public static IReadOnlyList<ErrorRow> Of(RunFacts facts) =>
    [
        .. from sample in facts.Series.SelectMany(s => s.Scenarios)
           from error in sample.Errors
           where error.Value > 0
           group (sample.Phase, error.Value) by (sample.Scenario, sample.Step, error.Key) into same
           let counts = same.GroupBy(e => e.Phase).ToDictionary(g => g.Key, g => g.Sum(e => e.Value))
           let row = new ErrorRow(same.Key.Scenario, same.Key.Step, same.Key.Key, counts)
           let scenario = facts.Scenarios.ToList().IndexOf(row.Scenario)
           orderby scenario, row.Step is not null, row.Step, row.Total descending
           select row,
    ];
}
