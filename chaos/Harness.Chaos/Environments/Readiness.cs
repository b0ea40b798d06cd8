namespace Harness.Chaos.Environments;

/// <summary>Waits for a service by asking it, not by counting seconds.</summary>
internal static class Readiness
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);

    /// <exception cref="EnvironmentException">Not ready within 30 s; the message has its last answer.</exception>
    public static async Task WaitAsync(RunningService service, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        string answer = "no answer";
        try
        {
            while (true)
            {
                try
                {
                    using HttpResponseMessage response = await http.GetAsync(new Uri(service.Direct, "/health/ready"), limit.Token);
                    if (response.IsSuccessStatusCode)
                        return;
                    answer = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(limit.Token)}";
                }
                catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !limit.IsCancellationRequested)
                {
                    answer = error.Message;
                }

                await Task.Delay(s_pause, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EnvironmentException($"{service.Name} was not ready within {s_limit.TotalSeconds} s; it last answered: {answer}");
        }
    }
}
