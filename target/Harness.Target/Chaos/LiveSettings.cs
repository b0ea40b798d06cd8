using System.Globalization;

namespace Harness.Target.Chaos;

/// <summary>The settings that can be changed while the service runs: as somebody changed them last, or else as it was started.</summary>
internal sealed class LiveSettings(ChaosBoard? board, ServiceOptions options)
{
    private const string Requests = "requests-max", Ttl = "cache-ttl";

    /// <summary>Requests that may be open at once.</summary>
    public int RequestsMax => Changed(Requests) ?? options.Admission.RequestsMax;

    /// <summary>How long a product stays in the cache.</summary>
    public TimeSpan CacheTtl => Changed(Ttl) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : options.CacheTtl;

    /// <summary>All of them as they are in effect; times in milliseconds.</summary>
    public IReadOnlyDictionary<string, string> InEffect => NamesIn(options.Service).ToDictionary(
        name => name,
        name => name == Requests ? RequestsMax.ToString(CultureInfo.InvariantCulture) : CacheTtl.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a service has of them.</summary>
    public static IEnumerable<string> NamesIn(ServiceName service) => service == ServiceName.Inventory ? [Requests, Ttl] : [Requests];

    /// <summary>Whose change would be lost if <paramref name="holder"/> made this one now; null when nobody's would.</summary>
    public HeldFault? OverwrittenBy(string holder, SettingChange change) =>
        board?.Latest<SettingChange>(other => other.Setting == change.Setting) is { Fault: SettingChange there } latest
            && latest.Name != holder && there.Value != change.Value
            ? latest
            : null;

    private int? Changed(string name) => board is null or { IsQuiet: true }
        ? null
        : (board.Latest<SettingChange>(change => change.Setting == name)?.Fault as SettingChange)?.Value;
}
