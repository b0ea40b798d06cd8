namespace Harness.Target.Resilience;

/// <summary>
/// The policies of calls between services. They stand here once because two may hold them: the caller itself (<c>resilience: on</c>) or
/// its sidecar (<c>mesh</c>), and only what is the same in both can be compared.
/// </summary>
public static class EdgePolicies
{
    /// <summary>800 ms a try, two more tries; the rest by default.</summary>
    /// <param name="from">Who calls.</param>
    /// <param name="to">Who is called.</param>
    public static EdgePolicy Between(ServiceName from, ServiceName to) => new()
    {
        Edge = $"{from.Word()} -> {to.Word()}",
        TryTimeout = TimeSpan.FromMilliseconds(800),
        Retries = 2,
    };
}
