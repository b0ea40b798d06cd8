using Harness.Toxiproxy.Json;
using Harness.Toxiproxy.Logs;
using Harness.Toxiproxy.Proxies;

namespace Harness.Toxiproxy.Api;

/// <summary>Proxies, with their toxics, from a file of the form of <c>POST /populate</c>. What is wrong with it is logged; the server comes up all the same.</summary>
internal sealed class ConfigFile(ProxyCollection proxies, JsonLog log)
{
    public async Task PopulateAsync(string file, CancellationToken cancellationToken)
    {
        var done = new List<ServedProxy>();
        try
        {
            JsonValue json = JsonParser.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            await proxies.PopulateAsync(WireProxy.ReadMany(json, proxies.Now), done, cancellationToken);
            log.Info("Populated proxies from file", ("config", file), ("proxies", $"{done.Count}"));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonFormatException or ApiException)
        {
            log.Error("Failed to populate proxies from file", ("config", file), ("error", wrong.Message), ("proxies", $"{done.Count}"));
        }
    }
}
