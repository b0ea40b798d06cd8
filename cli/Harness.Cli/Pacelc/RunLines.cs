using System.Globalization;
using Harness.Chaos.Conducting;
using Harness.Load;
using Harness.Records;

namespace Harness.Cli.Pacelc;

/// <summary>One line a run, and one for each of its phases: many runs come one after the other.</summary>
internal sealed class RunLines(TextWriter output, string title) : IRunProgress
{
    public void Started(RunDescription description, string folder) =>
        output.WriteLine($"{title}, seed {description.Seed.ToString(CultureInfo.InvariantCulture)}");

    public void Happened(TimelineEvent happened)
    {
        string? line = happened.Kind switch
        {
            EventKind.PhaseStarted => happened.Subject switch
            {
                "baseline" => "N  normal",
                "fault" => "P  cut",
                "recovery" => "H  healed",
                "settle" => "Q  quiet",
                _ => null,
            },
            EventKind.NotSettled or EventKind.HarnessFailed or EventKind.ProcessExited => $"{happened.Kind}: {happened.Detail}",
            _ => null,
        };
        if (line is not null)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{happened.At.TotalSeconds,7:0.0} s  {line}"));
    }

    public void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load)
    {
        // A phase has a line, a second has none.
    }
}
