using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Harness.Toxiproxy;

namespace Harness.Chaos.Environments.Externals;

/// <summary>
/// Puts the proxies of somebody else's Toxiproxy back as they were found. It waits in a process of its own and is the only thing that does
/// so, at an orderly end as after a crash: what must work then is what works every time.
/// </summary>
public static class ProxyGuard
{
    /// <summary>The variable that says what was found; a command line would show the token to everybody.</summary>
    internal const string Variable = "HARNESS_PROXIES_FOUND";

    private const int Attempts = 5;
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits until <paramref name="input"/> ends, and restores.</summary>
    /// <returns>0 when all is as it was found, 1 when something could not be restored; standard error says what.</returns>
    public static async Task<int> WatchAsync(Stream input)
    {
        // Ctrl-C in a terminal reaches the whole group; the parent heals first and then closes our input.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        var found = JsonSerializer.Deserialize<ProxiesFound>(Environment.GetEnvironmentVariable(Variable) ?? "null")
            ?? throw new EnvironmentException($"{Variable} does not say what was found");
        await input.CopyToAsync(Stream.Null);
        return await RestoreAsync(found) ? 0 : 1;
    }

    /// <summary>Puts everything back at once; whether all of it could be.</summary>
    internal static async Task<bool> RestoreAsync(ProxiesFound found)
    {
        using var proxies = new ToxiproxyClient(found.Url, found.Token);
        bool[] restored = await Task.WhenAll(
        [
            .. found.Made.Select(name => PersistAsync(name, token => DeleteAsync(proxies, name, token))),
            .. found.Borrowed.Select(borrowed => PersistAsync(borrowed.Key, token => RestoreAsync(proxies, borrowed.Key, borrowed.Value, token))),
        ]);
        return restored.All(done => done);
    }

    /// <summary>What to do when not all of it could be put back.</summary>
    internal static string HowToMend(ProxiesFound found) =>
        $"proxies of {found.Url} could not be put back as they were found: {string.Join(", ", [.. found.Made, .. found.Borrowed.Keys])}; "
        + $"when it answers again: ./harness heal --leftovers (with {ExternalRun.TokenVariable} if it wants a token), or by hand: curl -X POST {new Uri(found.Url, "reset")}";

    private static async Task<bool> PersistAsync(string proxy, Func<CancellationToken, Task> restore)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var limit = new CancellationTokenSource(AttemptLimit);
            try
            {
                await restore(limit.Token);
                return true;
            }
            catch (Exception error) when (error is ToxiproxyException or OperationCanceledException)
            {
                if (attempt == Attempts)
                {
                    await Console.Error.WriteLineAsync($"the proxy {proxy} could not be put back as it was found: {error.Message}");
                    return false;
                }

                await Task.Delay(Pause);
            }
        }
    }

    private static async Task DeleteAsync(ToxiproxyClient proxies, string name, CancellationToken cancellationToken)
    {
        try
        {
            await proxies.DeleteProxyAsync(name, cancellationToken);
        }
        catch (ToxiproxyException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            return; // It was never made, or somebody was faster.
        }
    }

    private static async Task RestoreAsync(ToxiproxyClient proxies, string name, IReadOnlyList<string> toxics, CancellationToken cancellationToken)
    {
        Proxy now = await proxies.GetProxyAsync(name, cancellationToken);
        foreach (string added in now.Toxics.Select(toxic => toxic.Name).OfType<string>().Except(toxics))
            await proxies.RemoveToxicAsync(name, added, cancellationToken);
        if (!now.Enabled)
            await proxies.SetEnabledAsync(name, true, cancellationToken);
    }
}

/// <summary>A Toxiproxy as it was found.</summary>
/// <param name="Url">Its control API.</param>
/// <param name="Token">What it wants to hear before a change; null when nothing.</param>
/// <param name="Made">Proxies that the run makes: to be removed.</param>
/// <param name="Borrowed">Enabled proxies that were there, each with the names of its toxics: to be left with those alone.</param>
internal sealed record ProxiesFound(Uri Url, string? Token, IReadOnlyList<string> Made, IReadOnlyDictionary<string, IReadOnlyList<string>> Borrowed);
