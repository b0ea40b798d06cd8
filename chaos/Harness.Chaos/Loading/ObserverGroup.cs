using Harness.Load;

namespace Harness.Chaos.Loading;

/// <summary>Several who are told of a load.</summary>
internal sealed class ObserverGroup(params IReadOnlyList<ILoadObserver> observers) : ILoadObserver
{
    public void OnStarted(long timestamp)
    {
        foreach (ILoadObserver observer in observers)
            observer.OnStarted(timestamp);
    }

    public void OnInterval(LoadInterval interval)
    {
        foreach (ILoadObserver observer in observers)
            observer.OnInterval(interval);
    }
}
