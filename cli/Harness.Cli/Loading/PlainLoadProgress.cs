using System.Globalization;
using Harness.Chaos.Loading;
using Harness.Cli.Progress;
using Harness.Load;
using Harness.Records;

namespace Harness.Cli.Loading;

/// <summary>A line an event, and one every five seconds: for logs and for CI.</summary>
internal sealed class PlainLoadProgress(LoadPlan plan, TextWriter output) : LoadProgressView(plan)
{
    private const int SecondsBetweenLines = 5;

    private int _seconds;

    public override void Started(RunDescription description, string folder)
    {
        output.WriteLine($"{description.Experiment}, seed {description.Seed.ToString(CultureInfo.InvariantCulture)}");
        output.WriteLine($"record in {folder}");
    }

    public override void Happened(TimelineEvent happened) => output.WriteLine($"{Stamp(happened.At)}  {EventWords.Line(happened)}");

    public override void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load)
    {
        foreach (LoadInterval interval in load)
            Totals.Add(interval);
        if (load.Count == 0 || ++_seconds % SecondsBetweenLines != 0)
            return;
        TimeSpan left = Plan.During > Totals.Elapsed ? Plan.During - Totals.Elapsed : TimeSpan.Zero;
        string errors = string.Concat(Totals.Errors.Select(error => $", {error.Key} {error.Value.ToString(CultureInfo.InvariantCulture)}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Stamp(sample.At)}    asked {Totals.Asked} ({Totals.LastAsked}/s), sent {Totals.Sent}, ok {Totals.Ok}, dropped {Totals.Dropped}, open {Totals.Open}, "
                + $"p50 {Totals.P50[^1]:0.##} ms, p99 {Totals.P99[^1]:0.##} ms{errors}, {left.TotalSeconds:0} s left"));
    }

    public override void Ended() => output.Flush();

    private static string Stamp(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,7:0.0} s");
}
