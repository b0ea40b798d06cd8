namespace Harness.Load.Running;

/// <summary>Ends an iteration from within a step that was not ok; its answer becomes the iteration's.</summary>
internal sealed class IterationEndedException(IResponse response) : Exception("a step was not ok")
{
    public IResponse Response { get; } = response;
}
