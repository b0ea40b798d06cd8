namespace Harness.Toxiproxy.Planes;

/// <summary>Picks the data plane.</summary>
internal static class DataPlaneChoice
{
    public const string Variable = "HARNESS_TOXIPROXY_DATAPLANE";

    /// <exception cref="ToxiproxyException">There is none of that name here.</exception>
    public static IDataPlane Make(string? asked)
    {
        string? name = asked ?? Environment.GetEnvironmentVariable(Variable);
        return name switch
        {
            null or "" or "portable" => new PortablePlane(),
            _ => throw new ToxiproxyException($"There is no data plane {name}: portable is what this system has."),
        };
    }
}
