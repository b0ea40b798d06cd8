using System.Globalization;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>The plan as it came about: the phases in a row and a lane for each fault below. A drawing, so that it needs no script.</summary>
internal static class TimelineLanes
{
    private const double Width = 1000;
    private const double LaneHeight = 26;

    public static Html Of(RunFacts facts)
    {
        if (facts.Phases.Count == 0)
            return Html.Empty;

        double from = facts.Phases.Min(p => p.Start).TotalSeconds;
        double to = Math.Max(from + 0.001, facts.Phases.Max(p => p.End).TotalSeconds);
        var lanes = facts.Phases.Select(p => new Lane(Written.Word(p.Phase), $"phase {Written.Word(p.Phase)}", 0, p.Start, p.End))
            .Concat(facts.Faults.Select((f, i) => new Lane(
                FaultName.Of(facts, f.Name), "fault-lane", i + 1, f.Start, f.End ?? TimeSpan.FromSeconds(to))))
            .ToList();
        double height = (facts.Faults.Count + 1) * LaneHeight;
        return Html.Of($"""
            <figure class="lanes"><figcaption>{InWords(lanes)}</figcaption>
            <svg viewBox="0 0 {Width} {height}" preserveAspectRatio="none" role="img" aria-label="{InWords(lanes)}">{lanes.Select(l => l.Draw(from, to))}</svg>
            </figure>
            """);
    }

    private static string InWords(IEnumerable<Lane> lanes) => string.Join("; ", lanes.Select(l => l.InWords)) + ".";

    private sealed record Lane(string Name, string Class, int Row, TimeSpan Start, TimeSpan End)
    {
        public string InWords => $"{Name} {Written.Moment(Start)} to {Written.Moment(End)}";

        public Html Draw(double from, double to)
        {
            double left = (Start.TotalSeconds - from) / (to - from) * Width;
            double width = Math.Max(2, (End - Start).TotalSeconds / (to - from) * Width);
            return Html.Of($"""<rect class="{Class}" x="{Exact(left)}" y="{Exact(Row * LaneHeight + 2)}" width="{Exact(width)}" height="{Exact(LaneHeight - 4)}"><title>{InWords}</title></rect>""");
        }

        private static string Exact(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
