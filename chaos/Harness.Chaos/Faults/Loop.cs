namespace Harness.Chaos.Faults;

/// <summary>Something that a fault does again and again while it lasts.</summary>
internal static class Loop
{
    /// <summary>Starts it.</summary>
    /// <param name="body">Runs until its token ends it.</param>
    /// <returns>Ends it and waits for its end; throws what it threw.</returns>
    public static Func<CancellationToken, Task> Start(Func<CancellationToken, Task> body)
    {
        var ending = new CancellationTokenSource();
        Task running = RunAsync(body, ending.Token);
        return async waitToken =>
        {
            await ending.CancelAsync();
            await running.WaitAsync(waitToken);
            ending.Dispose();
        };
    }

    private static async Task RunAsync(Func<CancellationToken, Task> body, CancellationToken token)
    {
        try
        {
            await body(token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Its time is over.
            return;
        }
    }
}
