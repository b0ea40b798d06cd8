namespace Harness.Load.Tests;

public sealed class DataFeedTests
{
    private static readonly ScenarioInfo Third = new("a", 2);

    [Fact]
    public void Gives_a_circular_list_over_and_over() =>
        Assert.Equal(["a", "b", "a", "b"], Draw(DataFeed.Circular(["a", "b"]), 4));

    [Fact]
    public void Gives_a_virtual_user_always_the_same_item()
    {
        IDataFeed<string> feed = DataFeed.Constant(["a", "b"]);

        Assert.Equal(["a", "a"], Draw(feed, 2));
        Assert.Equal("b", feed.GetNextItem(new ScenarioInfo("a", 1)));
    }

    [Fact]
    public void Draws_at_random_the_same_items_for_the_same_seed_and_all_of_them()
    {
        Assert.Equal(Draw(DataFeed.Random([1, 2, 3], seed: 5), 50), Draw(DataFeed.Random([1, 2, 3], seed: 5), 50));
        Assert.NotEqual(Draw(DataFeed.Random([1, 2, 3], seed: 5), 50), Draw(DataFeed.Random([1, 2, 3], seed: 6), 50));
        Assert.Equal([1, 2, 3], Draw(DataFeed.Random([1, 2, 3]), 50).Distinct().Order());
    }

    [Fact]
    public void Refuses_a_list_without_data() => Assert.Throws<ArgumentException>(() => DataFeed.Circular<int>([]));

    [Fact]
    public void Shares_clients_out_among_virtual_users_and_ends_them()
    {
        var ended = new List<string>();
        var pool = new ClientPool<string>();
        Assert.Throws<InvalidOperationException>(() => pool.GetClient(Third));
        pool.AddClient("a");
        pool.AddClient("b");

        Assert.Equal("a", pool.GetClient(Third));
        pool.DisposeClients(ended.Add);
        Assert.Equal(["a", "b"], ended);
        Assert.Equal(0, pool.Count);
    }

    private static T[] Draw<T>(IDataFeed<T> feed, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => feed.GetNextItem(Third))];
}
