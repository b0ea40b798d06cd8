using System.Globalization;

namespace Harness.Load;

/// <summary>Moments that were recorded elsewhere.</summary>
/// <param name="Moments">Ascending.</param>
internal sealed record ReplaySimulation(IReadOnlyList<TimeSpan> Moments)
    : LoadSimulation(Moments.Count > 0 ? Moments[^1] + TimeSpan.FromTicks(1) : TimeSpan.Zero)
{
    /// <summary>A line may be wrong a million times over; this many are named.</summary>
    private const int ProblemsMost = 20;

    public static TimeSpan[] Read(string path)
    {
        var moments = new List<TimeSpan>();
        var problems = new List<string>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (double.TryParse(line, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9)
                moments.Add(TimeSpan.FromSeconds(seconds));
            else if (problems.Count < ProblemsMost)
                problems.Add($"{path}({number}): '{line}' is no moment in seconds, such as 0.125");
        }

        return problems.Count == 0 ? [.. moments.Order()] : throw new LoadConfigurationException(problems);
    }

    public override IEnumerable<string> Problems()
    {
        if (Moments.Count == 0)
            yield return "a replay has no moments";
        else if (Moments[0] < TimeSpan.Zero)
            yield return $"a replay begins at {Moments[0]}; it must not be negative";
    }

    internal override LoadSimulation Lasting(TimeSpan during) => new ReplaySimulation([.. Moments.TakeWhile(moment => moment < during)]);

    internal override IEnumerable<Arrival> Arrivals(ulong seed) => Moments.Select(moment => new Arrival(moment));
}
