using System.Collections.Concurrent;

namespace Harness.Target.Storage;

/// <summary>
/// One thread that does all the writing of a store. Whatever has queued up while the last commit was on its way goes into the next one.
/// </summary>
internal sealed class WriterThread : IDisposable
{
    private const int BatchMax = 128;
    private const int WaitingMax = 2048;
    private readonly BlockingCollection<WriteJob> _waiting = new(WaitingMax);
    private readonly Action<List<WriteJob>> _write;
    private readonly Thread _thread;

    /// <param name="write">Runs a batch of jobs and tells each how it went; must not throw.</param>
    public WriterThread(Action<List<WriteJob>> write)
    {
        _write = write;
        _thread = new Thread(WriteUntilDisposed) { IsBackground = true, Name = "store" };
        _thread.Start();
    }

    /// <exception cref="StoreBusyException">Too much work is waiting; nothing was done.</exception>
    public Task<T> WriteAsync<T>(Func<System.Data.IDbConnection, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new WriteJob<T>(work);
        // From here on the work happens, whether or not anybody still waits for it: a token cannot take back a commit.
        return _waiting.TryAdd(job) ? job.Done.WaitAsync(cancellationToken) : throw new StoreBusyException();
    }

    /// <summary>Finishes what is waiting.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    private void WriteUntilDisposed()
    {
        var batch = new List<WriteJob>(BatchMax);
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < BatchMax && _waiting.TryTake(out var next))
                batch.Add(next);
            _write(batch);
            batch.Clear();
        }
    }
}
