namespace Harness.Load.Raw;

/// <summary>Carries raw requests to one target.</summary>
internal interface IRawLane : IDisposable
{
    /// <summary>Connections that are open now.</summary>
    int Connections { get; }

    /// <inheritdoc cref="RawClient.SendAsync"/>
    ValueTask<IResponse> SendAsync(RawRequest request, TimeSpan timeout, CancellationToken runToken);
}
