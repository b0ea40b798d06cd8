namespace Harness.Load.Running;

/// <summary>Runs something that blocks on a thread of its own.</summary>
internal static class OwnThread
{
    /// <returns>Completes when it has come back, with its exception if it threw one.</returns>
    public static Task Run(string name, Action work)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Complete(work, ended)) { IsBackground = true, Name = name };
        thread.Start();
        return ended.Task;
    }

    private static void Complete(Action work, TaskCompletionSource ended)
    {
        try
        {
            work();
            ended.SetResult();
        }
        catch (Exception thrown)
        {
            ended.SetException(thrown);
        }
    }
}
