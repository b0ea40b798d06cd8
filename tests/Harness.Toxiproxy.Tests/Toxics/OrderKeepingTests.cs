using CsCheck;
using Harness.Toxiproxy.Tests.Support;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Tests.Toxics;

/// <summary>Whatever row of toxics that lose nothing is put together, changed and taken apart while bytes flow: what goes in comes out.</summary>
public sealed class OrderKeepingTests
{
    private static readonly Gen<ToxicDefinition> AnyToxic = Gen.OneOf(
        Gen.Select(Gen.Long[0, 50], Gen.Long[0, 50], (latency, jitter) => MemoryProxy.Toxic(LatencyToxic.Wire, ("latency", latency), ("jitter", jitter))),
        Gen.Long[1, 100].Select(rate => MemoryProxy.Toxic(BandwidthToxic.Wire, ("rate", rate))),
        Gen.Long[1, 100].Select(rate => MemoryProxy.Toxic(SharedBandwidthToxic.Wire, ("rate", rate))),
        Gen.Select(Gen.Long[0, 200], Gen.Long[0, 300], Gen.Long[0, 2000], (average, variation, delay) =>
            MemoryProxy.Toxic(SlicerToxic.Wire, ("average_size", average), ("size_variation", variation), ("delay", delay))),
        Gen.Select(Gen.Double[0, 0.9], Gen.Long[0, 20], (loss, wait) => MemoryProxy.Toxic(PacketLossToxic.Wire, ("loss", loss), ("retransmission", wait))),
        Gen.Select(Gen.Bool, Gen.Double[0, 30], Gen.Double[0.5, 20], (normal, latency, spread) =>
            MemoryProxy.Toxic(LatencyDistributionToxic.Wire, ("distribution", normal ? "normal" : "pareto"), ("latency", latency), ("spread", spread))),
        Gen.Long[0, 100].Select(delay => MemoryProxy.Toxic(SlowCloseToxic.Wire, ("delay", delay))),
        Gen.Const(NoopToxic.Wire).Select(type => MemoryProxy.Toxic(type)));

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (6, Gen.Int[1, 3000].Select(length => new Step(StepKind.Send, length, null))),
        (4, Gen.Int[0, 40].Select(milliseconds => new Step(StepKind.Pass, milliseconds, null))),
        (2, Gen.Select(AnyToxic, Gen.Float[0, 1], (toxic, toxicity) => new Step(StepKind.Add, 0, toxic with { Toxicity = toxicity < 0.3f ? 0.5f : 1 }))),
        (1, Gen.Select(Gen.Int[0, 7], AnyToxic, (place, toxic) => new Step(StepKind.Change, place, toxic))),
        (1, Gen.Int[0, 7].Select(place => new Step(StepKind.Remove, place, null))));

    private enum StepKind { Send, Pass, Add, Change, Remove }

    [Fact]
    public async Task Bytes_out_are_bytes_in_and_in_order() =>
        await AnyStep.Array[1, 60].SampleAsync(RunAsync, iter: 300, seed: "0N0XIzNsQ0O2", threads: 1);

    private static async Task RunAsync(Step[] steps)
    {
        var proxy = new MemoryProxy();
        var random = new Random(1);
        var sent = new List<byte>();
        foreach (Step step in steps)
            await TakeAsync(step, proxy, random, sent);

        proxy.Upstream.End();
        await proxy.ChangeAsync(_ => ToxicChain.Empty);

        Assert.Equal(sent, proxy.Client.Arrived.SelectMany(arrived => arrived.Bytes));
        Assert.True(proxy.Client.Closed, "The end of the stream did not arrive.");
    }

    private static async Task TakeAsync(Step step, MemoryProxy proxy, Random random, List<byte> sent)
    {
        if (step.Kind == StepKind.Send)
        {
            byte[] bytes = new byte[step.Number];
            random.NextBytes(bytes);
            sent.AddRange(bytes);
            proxy.Upstream.Send(bytes);
        }
        else if (step.Kind == StepKind.Pass)
        {
            proxy.Loop.Advance(TimeSpan.FromMilliseconds(step.Number));
        }
        else
        {
            await proxy.ChangeAsync(chain => Changed(chain, step));
        }
    }

    private static ToxicChain Changed(ToxicChain chain, Step step)
    {
        if (step.Kind == StepKind.Add)
            return chain.With(step.Toxic! with { Name = $"t{chain.All.Count}" });
        if (chain.All.Count == 0)
            return chain;
        ToxicDefinition present = chain.All[step.Number % chain.All.Count];
        if (step.Kind == StepKind.Remove)
            return chain.Without(present);
        // An update keeps the type; one of another type changes the toxicity alone.
        return chain.Replace(step.Toxic!.Type == present.Type
            ? present with { Attributes = step.Toxic.Attributes, Revision = present.Revision + 1 }
            : present with { Toxicity = 1 - (present.Toxicity / 2), Revision = present.Revision + 1 });
    }

    private sealed record Step(StepKind Kind, int Number, ToxicDefinition? Toxic)
    {
        public override string ToString() => $"{Kind} {Number} {Toxic?.Type.Name}";
    }
}
