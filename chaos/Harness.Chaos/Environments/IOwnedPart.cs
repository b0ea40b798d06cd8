namespace Harness.Chaos.Environments;

/// <summary>A part that this run started, and ends.</summary>
internal interface IOwnedPart : IRunningPart, IAsyncDisposable;
