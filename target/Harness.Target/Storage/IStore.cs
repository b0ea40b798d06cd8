using System.Data;

namespace Harness.Target.Storage;

/// <summary>
/// A service's own database. Work is handed over as a function, so that the store decides when transactions begin and end,
/// may put several pieces of work into one commit, and may run one of them again when a commit did not come about.
/// </summary>
public interface IStore : IDisposable
{
    /// <summary>Runs <paramref name="work"/> in a transaction, alone among writers; completes when the commit is on disk.</summary>
    /// <param name="work">Reads and writes through the connection only; what it throws undoes its own writes and comes out here.</param>
    /// <exception cref="StoreBusyException">Too much work is waiting; nothing was done.</exception>
    Task<T> WriteAsync<T>(Func<IDbConnection, T> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> on one consistent snapshot of what is committed. It must not write.</summary>
    T Read<T>(Func<IDbConnection, T> work);

    /// <summary>The same for work that is a single statement, which is a snapshot by itself: cheaper where a transaction costs a trip of its own.</summary>
    T ReadOne<T>(Func<IDbConnection, T> work) => Read(work);
}

/// <summary>The store has more work waiting than it is willing to hold; try again later.</summary>
public sealed class StoreBusyException() : Exception("The store has too much work waiting.");
