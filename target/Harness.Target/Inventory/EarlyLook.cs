using Harness.Target.Storage;

namespace Harness.Target.Inventory;

/// <summary>Looks at the stock before the transaction that takes from it, which is wrong: <see cref="Bug.OversellRace"/>.</summary>
/// <param name="racy">False for not looking at all.</param>
public sealed class EarlyLook(IStore store, TimeProvider time, bool racy)
{
    // Long enough that the next buyer looks before this one has taken.
    private static readonly TimeSpan RaceWindow = TimeSpan.FromMilliseconds(25);

    /// <summary>Whether there seemed to be enough; null when nobody looked.</summary>
    public async Task<bool?> AtAsync(string sku, long quantity, CancellationToken cancellationToken)
    {
        if (!racy)
            return null;
        var product = store.Read(connection => Shelf.Find(connection, sku));
        await Task.Delay(RaceWindow, time, cancellationToken);
        return product?.Available >= quantity;
    }
}
