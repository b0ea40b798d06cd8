using Harness.Target.Inventory.Caching.WriteBack;
using Harness.Target.Observability;

namespace Harness.Target.Tests.Inventory.Caching.WriteBack;

public sealed class WriteBackTallyTests
{
    private readonly WriteBackTally _tally = new(new MetricRegistry());

    private (long Acknowledged, long Waiting, long Lost) Told => (_tally.Acknowledged, _tally.Waiting, _tally.Lost);

    [Fact]
    public void Counts_a_write_as_waiting_until_the_database_has_it()
    {
        Acknowledge(1, 2, 3);
        Assert.Equal((3, 3, 0), Told);
        _tally.Note("sku-0001", asked: 3, inCache: 3, inDatabase: 2);
        Assert.Equal((3, 1, 0), Told);
        _tally.Note("sku-0001", asked: 3, inCache: 3, inDatabase: 3);
        Assert.Equal((3, 0, 0), Told);
    }

    [Fact]
    public void Counts_what_neither_the_cache_nor_the_database_has_as_lost()
    {
        Acknowledge(1, 2, 3);
        _tally.Note("sku-0001", asked: 3, inCache: 3, inDatabase: 1);
        _tally.Note("sku-0001", asked: 3, inCache: 0, inDatabase: 1);
        Assert.Equal((3, 0, 2), Told);
    }

    [Fact]
    public void Does_not_take_a_write_that_came_after_it_asked_for_lost()
    {
        Acknowledge(1, 2);
        _tally.Note("sku-0001", asked: 1, inCache: 1, inDatabase: 1);
        Assert.Equal((2, 1, 0), Told);
    }

    [Fact]
    public void Sees_from_a_number_that_comes_again_that_the_cache_has_forgotten()
    {
        Acknowledge(1, 2, 3, 4, 2);
        Assert.Equal((5, 2, 3), Told);
    }

    [Fact]
    public void Leaves_the_writes_of_other_processes_to_them()
    {
        Acknowledge(1, 5);
        Assert.Equal((2, 2, 0), Told);
    }

    private void Acknowledge(params long[] writes)
    {
        foreach (var number in writes)
            _tally.Acknowledge("sku-0001", number);
    }
}
