using System.Globalization;
using Harness.Load;
using Harness.Records;

namespace Harness.Cli.Progress;

/// <summary>One line an event, and one a scenario every five seconds: for logs and for CI.</summary>
internal sealed class PlainProgress(TextWriter output) : ProgressView
{
    private const int SecondsBetweenLines = 5;

    private int _seconds;

    public override void Started(RunDescription description, string folder)
    {
        output.WriteLine($"{description.Experiment} on {description.Environment}, seed {description.Seed.ToString(CultureInfo.InvariantCulture)}");
        output.WriteLine($"record in {folder}");
    }

    public override void Happened(TimelineEvent happened) => output.WriteLine($"{Stamp(happened.At)}  {EventWords.Line(happened)}");

    public override void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load)
    {
        if (++_seconds % SecondsBetweenLines != 0)
            return;
        foreach (ScenarioLine line in ScenarioLine.Of(load))
        {
            output.WriteLine(
                $"{Stamp(sample.At)}    {line.Scenario,-12} due {line.Due}/s, ok {line.Ok}, refused {line.Refused}, unknown {line.Unknown}, "
                + $"dropped {line.Dropped}, open {line.Open}, p50 {ScenarioLine.Milliseconds(line.P50)}, p99 {ScenarioLine.Milliseconds(line.P99)}");
        }
    }

    public override void Ended() => output.Flush();

    private static string Stamp(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,7:0.0} s");
}
