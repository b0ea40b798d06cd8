using Harness.Chaos.Conducting;
using Harness.Load;
using Harness.Records;

namespace Harness.Cli.Progress;

/// <summary>Shows a run as it goes: a live picture on a terminal, plain lines anywhere else.</summary>
internal abstract class ProgressView : IRunProgress, IDisposable
{
    public static ProgressView Create(TextWriter output, bool interactive) => interactive ? new LiveProgress() : new PlainProgress(output);

    public abstract void Started(RunDescription description, string folder);

    public abstract void Happened(TimelineEvent happened);

    public abstract void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load);

    /// <summary>The run is over; nothing more is shown.</summary>
    public abstract void Ended();

    public virtual void Dispose() => Ended();
}
