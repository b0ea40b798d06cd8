namespace Harness.Toxiproxy.Toxics;

/// <summary>Every kind of toxic there is, one line each.</summary>
internal static class ToxicCatalog
{
    private static readonly Dictionary<string, ToxicType> ByName = new ToxicType[]
    {
        BandwidthToxic.Wire,
        LatencyToxic.Wire,
        LimitDataToxic.Wire,
        NoopToxic.Wire,
        ResetPeerToxic.Wire,
        SlicerToxic.Wire,
        SlowCloseToxic.Wire,
        TimeoutToxic.Wire,
    }.ToDictionary(t => t.Name);

    public static ToxicType? Find(string name) => ByName.GetValueOrDefault(name);
}
