using Harness.Load.Arrivals;

namespace Harness.Load;

/// <summary>Gives iterations something to work with; safe to be shared by all of them.</summary>
public interface IDataFeed<T>
{
    T GetNextItem(ScenarioInfo scenarioInfo);
}

/// <summary>Makes feeds from a list, which is read once.</summary>
public static class DataFeed
{
    /// <summary>The list from the start, over and over.</summary>
    /// <exception cref="ArgumentException"><paramref name="data"/> is empty.</exception>
    public static IDataFeed<T> Circular<T>(IEnumerable<T> data) =>
        new Feed<T>(data, static (number, _, count) => (int)((ulong)number % (ulong)count));

    /// <summary>Each virtual user always gets the same item.</summary>
    /// <inheritdoc cref="Circular" path="/exception"/>
    public static IDataFeed<T> Constant<T>(IEnumerable<T> data) => new Feed<T>(data, static (_, info, count) => info.InstanceNumber % count);

    /// <summary>Any item, each as likely as another; the n-th draw is the same in every run.</summary>
    /// <param name="data">What to draw from.</param>
    /// <param name="seed">Fixes the draws.</param>
    /// <inheritdoc cref="Circular" path="/exception"/>
    public static IDataFeed<T> Random<T>(IEnumerable<T> data, int seed = 0) => new Feed<T>(
        data, (number, _, count) => new SplitMix64(SplitMix64.SeedFor((ulong)seed, (ulong)number)).NextInt(count));

    private sealed class Feed<T> : IDataFeed<T>
    {
        private readonly T[] _items;
        private readonly Func<long, ScenarioInfo, int, int> _choose;
        private long _given = -1;

        public Feed(IEnumerable<T> data, Func<long, ScenarioInfo, int, int> choose)
        {
            _items = [.. data];
            _choose = choose;
            if (_items.Length == 0)
                throw new ArgumentException("A feed without data has nothing to give.", nameof(data));
        }

        public T GetNextItem(ScenarioInfo scenarioInfo) =>
            _items[_choose(Interlocked.Increment(ref _given), scenarioInfo, _items.Length)];
    }
}
