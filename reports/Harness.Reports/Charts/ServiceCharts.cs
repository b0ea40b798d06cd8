using Harness.Records;

namespace Harness.Reports.Charts;

/// <summary>What the services said of themselves: processor, memory and their own metrics.</summary>
internal static class ServiceCharts
{
    // Past these a page is a haystack; series.jsonl has the rest.
    private const int MostCharts = 24;
    private const int MostLines = ChartLines.Palette;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);

    // By their usual names, what the first two charts are made of.
    private static readonly string[] ShownAlready = ["process_cpu_seconds_total", "process_resident_memory_bytes"];

    /// <summary>Processor and memory first, then each family of metrics that ever changed, by name.</summary>
    public static IReadOnlyList<Chart> Of(RunFacts facts) =>
        [.. Resources(facts).Concat(Metrics(facts)).Take(MostCharts)];

    private static IEnumerable<Chart> Resources(RunFacts facts)
    {
        Chart cpu = Draw(facts, "cpu", "Processor", "Processor time over real time, by service; 100 % is one core.", ChartUnit.Ratio,
            service => service.CpuRatio);
        Chart memory = Draw(facts, "memory", "Memory", "Resident memory, by service.", ChartUnit.Bytes,
            service => service.MemoryBytes);
        return new[] { cpu, memory }.Where(chart => !chart.IsEmpty);
    }

    private static Chart Draw(
        RunFacts facts, string id, string title, string caption, ChartUnit unit, Func<ServiceSample, double?> read)
    {
        var lines = new ChartLines();
        foreach (SeriesSample sample in facts.Series)
        {
            foreach (var (name, service) in sample.Services)
                lines.Add(sample.At, name, read(service));
        }

        return new Chart { Id = id, Title = title, Caption = caption, Unit = unit, At = lines.At, Lines = lines.ToLines() };
    }

    private static IEnumerable<Chart> Metrics(RunFacts facts) => Families(facts)
        .Select((family, i) => Draw(family.Name, family.Lines, i + 1))
        .OfType<Chart>();

    // One pass over what may be millions of values: an hour of three services with a hundred metrics each.
    private static List<(MetricName Name, ChartLines Lines)> Families(RunFacts facts)
    {
        var families = new SortedDictionary<string, (MetricName Name, ChartLines Lines)>(StringComparer.Ordinal);
        var names = new Dictionary<string, MetricName>();
        var paced = Paced(facts.Series);
        var published = from pair in paced.Zip(paced.Prepend(null))
                        from service in pair.First.Services
                        from metric in service.Value.Metrics
                        select (Sample: pair.First, Before: pair.Second, Service: service.Key, metric.Key, metric.Value);
        foreach (var (sample, before, service, metric, value) in published)
        {
            if (!names.TryGetValue(metric, out MetricName name))
                names.Add(metric, name = MetricName.Parse(metric));
            if (name.IsBucket || ShownAlready.Contains(name.Family))
                continue;
            if (!families.TryGetValue(name.Family, out var family))
                families.Add(name.Family, family = (name, new ChartLines()));
            string line = name.Labels.Length == 0 ? service : $"{service} {name.Labels}";
            family.Lines.Add(sample.At, line, name.IsCounter ? Growth(sample, service, metric, value, before) : value);
        }

        return [.. families.Values];
    }

    // Two samples close together, after one that was late, would make a small growth a steep one.
    private static List<SeriesSample> Paced(IReadOnlyList<SeriesSample> series)
    {
        var paced = new List<SeriesSample>();
        foreach (SeriesSample sample in series)
        {
            if (paced.Count == 0 || sample.At - paced[^1].At >= Shortest)
                paced.Add(sample);
        }

        return paced;
    }

    // Null for a family that stood still all the time: nothing to see.
    private static Chart? Draw(MetricName family, ChartLines lines, int number)
    {
        var changing = lines.ToLines().Where(Changes).OrderByDescending(l => l.Values.Max()).Take(MostLines).ToList();
        return changing.Count == 0 ? null : new Chart
        {
            Id = $"metric-{number}",
            Title = family.Family,
            Caption = family.IsCounter ? "Growth a second of the running total." : "As published.",
            Unit = family.IsCounter ? ChartUnit.PerSecond : family.IsBytes ? ChartUnit.Bytes : ChartUnit.Count,
            At = lines.At,
            Lines = [.. changing.Select((line, i) => line with { Color = i + 1 })],
        };
    }

    // Null at the first sample, and where a total fell: its process is a new one and began again at zero.
    private static double? Growth(SeriesSample sample, string service, string published, double value, SeriesSample? before)
    {
        if (before is null || sample.At <= before.At || !before.Services.TryGetValue(service, out ServiceSample? then))
            return null;
        return then.Metrics.TryGetValue(published, out double earlier) && value >= earlier
            ? (value - earlier) / (sample.At - before.At).TotalSeconds
            : null;
    }

    private static bool Changes(ChartLine line) => line.Values.Where(v => v is not null).Distinct().Skip(1).Any();
}
