namespace Harness.Target.Chaos.Calls;

/// <summary>Calls end in an exception before anything was done: those that come in as a defect of this service, those that go out as if nobody had answered.</summary>
public sealed record FailingCalls : CallFault;

/// <summary>The defect that <see cref="FailingCalls"/> makes of a call that comes in.</summary>
public sealed class ChaosException() : Exception("A fault was put in here on purpose.");
