namespace Harness.Scenarios;

/// <summary>Where the services of the order system are reached, through proxies or not.</summary>
public sealed record OrderSystem(Uri Orders, Uri Payments, Uri Inventory);
