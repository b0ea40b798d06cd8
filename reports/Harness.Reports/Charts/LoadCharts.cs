using Harness.Records;

namespace Harness.Reports.Charts;

/// <summary>What was asked of the system, and what came of it, second by second.</summary>
internal static class LoadCharts
{
    /// <summary>Arrivals due beside iterations that ended ok.</summary>
    public static Chart Rate(RunFacts facts)
    {
        var lines = new ChartLines();
        ForEachSecond(facts, (scenario, color, second) =>
        {
            lines.Add(second.At, $"{scenario} asked", second.Sum(s => s.Due) / second.Length, color, LineStyle.Dashed);
            lines.Add(second.At, $"{scenario} ok", second.Sum(s => s.Ok) / second.Length, color);
        });
        return new Chart
        {
            Id = "rate",
            Title = "Rate",
            Caption = "Arrivals that became due and iterations that ended ok, each in the second it happened.",
            Unit = ChartUnit.PerSecond,
            At = lines.At,
            Lines = lines.ToLines(),
        };
    }

    /// <summary>The share of the iterations ended in each second that ended ok.</summary>
    public static Chart Availability(RunFacts facts)
    {
        var lines = new ChartLines();
        ForEachSecond(facts, (scenario, color, second) =>
        {
            long ended = second.Sum(s => s.Ok + s.Refused + s.Unknown + s.Dropped);
            lines.Add(second.At, scenario, ended == 0 ? null : (double)second.Sum(s => s.Ok) / ended, color);
        });
        return new Chart
        {
            Id = "availability",
            Title = "Availability",
            Caption = "Of the iterations that ended in a second, or were dropped in it, the share that ended ok. Expectations count by due time instead: see the outcomes.",
            Unit = ChartUnit.Ratio,
            At = lines.At,
            Lines = lines.ToLines(),
        };
    }

    /// <summary>Operations that were not ok, by class and stacked; null when there were none.</summary>
    public static Chart? Errors(RunFacts facts)
    {
        var lines = new ChartLines();
        var classes = Figures.ErrorRow.Of(facts).Where(e => e.Step is null).Select(e => e.Class).Distinct().ToList();
        bool dropped = facts.Series.SelectMany(s => s.Scenarios).Any(s => s.Dropped > 0);
        ForEachSecond(facts, (_, _, second) =>
        {
            foreach (string name in classes)
                lines.Add(second.At, name, second.Sum(s => s.Errors.GetValueOrDefault(name)) / second.Length);
            if (dropped)
                lines.Add(second.At, "dropped by the generator", second.Sum(s => s.Dropped) / second.Length);
        });
        return classes.Count == 0 && !dropped ? null : new Chart
        {
            Id = "errors",
            Title = "Errors by class",
            Caption = "Iterations of every scenario that were refused, stayed unknown or were never started, by what was seen.",
            Unit = ChartUnit.PerSecond,
            Stacked = true,
            At = lines.At,
            Lines = lines.ToLines(),
        };
    }

    /// <summary>Iterations still running: what a stalled target piles up.</summary>
    public static Chart Open(RunFacts facts)
    {
        var lines = new ChartLines();
        ForEachSecond(facts, (scenario, color, second) => lines.Add(second.At, scenario, second.Sum(s => s.Open), color));
        return new Chart
        {
            Id = "open",
            Title = "Open iterations",
            Caption = "Iterations started and not yet ended, at the end of each second.",
            Unit = ChartUnit.Count,
            At = lines.At,
            Lines = lines.ToLines(),
        };
    }

    private static void ForEachSecond(RunFacts facts, Action<string, int, Second> visit)
    {
        IReadOnlyList<string> scenarios = facts.Scenarios;
        foreach (Second second in Second.Of(facts.Series))
        {
            for (int i = 0; i < scenarios.Count; i++)
            {
                Second ofScenario = second.Only(scenarios[i]);
                if (ofScenario.Samples.Count > 0)
                    visit(scenarios[i], i + 1, ofScenario);
            }
        }
    }

    /// <summary>Whole iterations of one sample of the series.</summary>
    private sealed record Second(TimeSpan At, double Length, IReadOnlyList<ScenarioSample> Samples)
    {
        public long Sum(Func<ScenarioSample, long> count) => Samples.Sum(count);

        public Second Only(string scenario) => this with { Samples = [.. Samples.Where(s => s.Scenario == scenario)] };

        public static IEnumerable<Second> Of(IReadOnlyList<SeriesSample> series) =>
            from sample in series
            let iterations = sample.Scenarios.Where(s => s.Step is null).ToList()
            where iterations.Count > 0
            select new Second(sample.At, SecondsIn(iterations), iterations);

        // Each entry counts one second. A sampler that was held up writes the entries of two seconds into one line, and its
        // line's time is then its own and not theirs. What only ends, after the load, is no second more.
        private static int SecondsIn(List<ScenarioSample> iterations) => iterations
            .Where(s => s.Due > 0)
            .GroupBy(s => (s.Scenario, s.Phase))
            .Select(same => same.Count())
            .DefaultIfEmpty(1)
            .Max();
    }
}
