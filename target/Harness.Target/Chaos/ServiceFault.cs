using System.Text.Json.Serialization;
using Harness.Target.Chaos.Bus;
using Harness.Target.Chaos.Calls;
using Harness.Target.Chaos.Process;

namespace Harness.Target.Chaos;

/// <summary>Something put wrong inside this service while somebody holds it so.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DuplicatedMessages), "bus-duplicate")]
[JsonDerivedType(typeof(DelayedMessages), "bus-delay")]
[JsonDerivedType(typeof(ReorderedMessages), "bus-reorder")]
[JsonDerivedType(typeof(DroppedMessages), "bus-drop")]
[JsonDerivedType(typeof(PoisonMessages), "bus-poison")]
[JsonDerivedType(typeof(SlowCalls), "service-latency")]
[JsonDerivedType(typeof(FailingCalls), "service-error")]
[JsonDerivedType(typeof(WrongResults), "wrong-result")]
[JsonDerivedType(typeof(Ballast), "memory-pressure")]
[JsonDerivedType(typeof(ClockOffset), "clock-offset")]
[JsonDerivedType(typeof(SettingChange), "setting")]
public abstract record ServiceFault
{
    /// <summary>Everything that is wrong with it, each with the value seen; empty when it can be put in place.</summary>
    public abstract IEnumerable<string> Problems(ServiceOptions options);

    /// <summary>Begins what goes on by itself while it lasts; what it returns ends that and cleans up. Null for what is only looked up.</summary>
    internal virtual IAsyncDisposable? Begin(HeldFault held, IServiceProvider services) => null;

    /// <summary>A problem with a share of a whole that hits something.</summary>
    protected static IEnumerable<string> RatioProblems(double ratio)
    {
        if (ratio is not (> 0 and <= 1))
            yield return FormattableString.Invariant($"ratio: {ratio} is not above 0 and at most 1.");
    }

    /// <summary>A problem with a wait.</summary>
    protected static IEnumerable<string> WaitProblems(string name, TimeSpan wait, TimeSpan least)
    {
        if (wait < least || wait > TimeSpan.FromMinutes(10))
            yield return FormattableString.Invariant($"{name}: {wait} is not between {least} and ten minutes.");
    }
}

/// <summary>What leaves the control endpoint.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HeldView))]
[JsonSerializable(typeof(ChaosView))]
internal sealed partial class ChaosJson : JsonSerializerContext;

/// <summary>A fault as it is.</summary>
/// <param name="Evidence">What it was seen to do since it was put in place, by what was counted.</param>
public sealed record HeldView(string Name, IReadOnlyDictionary<string, double> Evidence);

/// <summary>Everything that is wrong now.</summary>
/// <param name="Settings">What can be changed while the service runs, as it is in effect.</param>
public sealed record ChaosView(IReadOnlyList<HeldView> Faults, IReadOnlyDictionary<string, string> Settings);
