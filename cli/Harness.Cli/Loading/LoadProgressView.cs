using Harness.Chaos.Conducting;
using Harness.Chaos.Loading;
using Harness.Load;
using Harness.Records;

namespace Harness.Cli.Loading;

/// <summary>Shows a load as it goes: a live picture on a terminal, plain lines anywhere else.</summary>
internal abstract class LoadProgressView(LoadPlan plan) : IRunProgress, IDisposable
{
    public static LoadProgressView Create(TextWriter output, LoadPlan plan, bool interactive) =>
        interactive ? new LiveLoadProgress(plan) : new PlainLoadProgress(plan, output);

    protected LoadPlan Plan { get; } = plan;

    protected LoadTotals Totals { get; } = new();

    public abstract void Started(RunDescription description, string folder);

    public abstract void Happened(TimelineEvent happened);

    public abstract void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load);

    /// <summary>The load is over; nothing more is shown.</summary>
    public abstract void Ended();

    public virtual void Dispose() => Ended();
}
