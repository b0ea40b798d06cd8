using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Somebody who watches a run. Called from one thread at a time; must return quickly and not throw.</summary>
public interface IRunProgress
{
    /// <summary>The record was opened.</summary>
    void Started(RunDescription description, string folder);

    /// <summary>A line was added to the timeline.</summary>
    void Happened(TimelineEvent happened);

    /// <summary>A second passed.</summary>
    void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load);
}
