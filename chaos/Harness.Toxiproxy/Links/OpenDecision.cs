namespace Harness.Toxiproxy.Links;

/// <summary>What a toxic makes of a connection before its upstream is dialled.</summary>
internal enum OpenDecision
{
    /// <summary>Dials, after the toxic's delay.</summary>
    Dial,

    /// <summary>Resets the client.</summary>
    Refuse,

    /// <summary>Leaves the client waiting until the toxic goes.</summary>
    Hang,
}
