namespace Harness.Toxiproxy.Toxics;

/// <summary>Every kind of toxic there is, one line each.</summary>
internal static class ToxicCatalog
{
    private static readonly Dictionary<string, ToxicType> ByName = new ToxicType[]
    {
        BandwidthToxic.Wire,
        CloseAfterToxic.Wire,
        CorruptToxic.Wire,
        HangOpenToxic.Wire,
        HttpFaultToxic.Wire,
        LatencyDistributionToxic.Wire,
        LatencyToxic.Wire,
        LimitDataToxic.Wire,
        NoopToxic.Wire,
        PacketLossToxic.Wire,
        RefuseOpenToxic.Wire,
        ResetPeerToxic.Wire,
        SharedBandwidthToxic.Wire,
        SlicerToxic.Wire,
        SlowCloseToxic.Wire,
        SlowOpenToxic.Wire,
        StallAfterToxic.Wire,
        TamperToxic.Wire,
        TimeoutToxic.Wire,
    }.ToDictionary(t => t.Name);

    public static ToxicType? Find(string name) => ByName.GetValueOrDefault(name);
}
