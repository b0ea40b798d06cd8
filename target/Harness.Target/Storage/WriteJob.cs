using System.Data;
using System.Diagnostics;

namespace Harness.Target.Storage;

/// <summary>A piece of work on its way through the writer: first run, then told how the commit went.</summary>
internal abstract class WriteJob
{
    /// <summary>False when the work threw; its error is kept until <see cref="Complete"/>. May be called again after a rollback.</summary>
    public abstract bool TryRun(IDbConnection connection);

    /// <summary>The commit is on disk.</summary>
    public abstract void Complete();

    /// <summary>The commit did not come about.</summary>
    public abstract void Fail(Exception error);
}

internal sealed class WriteJob<T>(Func<IDbConnection, T> work) : WriteJob
{
    // Asynchronously, so that those who wait do not go on running on the writer's thread.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Activity? _cause = Activity.Current;
    private T _result = default!;
    private Exception? _error;

    public Task<T> Done => _done.Task;

    public override bool TryRun(IDbConnection connection)
    {
        _error = null; // It may be run again.
        Activity.Current = _cause; // The thread is the writer's; what is written belongs to whoever asked.
        try
        {
            _result = work(connection);
            return true;
        }
        catch (Exception e) // Whatever it is, it belongs to whoever gave the work, and the others in the batch go on.
        {
            _error = e;
            return false;
        }
        finally
        {
            Activity.Current = null;
        }
    }

    public override void Complete()
    {
        if (_error is null)
            _done.SetResult(_result);
        else
            _done.SetException(_error);
    }

    public override void Fail(Exception error) => _done.SetException(error);
}
