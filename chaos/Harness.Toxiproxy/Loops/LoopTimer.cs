namespace Harness.Toxiproxy.Loops;

/// <summary>A moment at which a loop calls <paramref name="fire"/>; armed again and again without allocating.</summary>
internal sealed class LoopTimer(Action fire)
{
    internal const int NotArmed = -1;

    public TimeSpan Due { get; internal set; }

    /// <summary>Its place in the loop's heap.</summary>
    internal int Index { get; set; } = NotArmed;

    internal void Fire() => fire();
}
