using System.Runtime.InteropServices;
using Harness.Toxiproxy.Planes.Linux;

namespace Harness.Toxiproxy.Planes;

/// <summary>Picks the data plane.</summary>
internal static class DataPlaneChoice
{
    public const string Variable = "HARNESS_TOXIPROXY_DATAPLANE";

    /// <summary>The names of those that this system has, the fastest first.</summary>
    public static IReadOnlyList<string> Available => HasEpoll ? ["epoll", "portable"] : ["portable"];

    private static bool HasEpoll =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <exception cref="ToxiproxyException">There is none of that name here.</exception>
    public static IDataPlane Make(string? asked)
    {
        string? name = asked ?? Environment.GetEnvironmentVariable(Variable);
        return name switch
        {
            null or "" => HasEpoll ? new EpollPlane() : new PortablePlane(),
            "portable" => new PortablePlane(),
            "epoll" when HasEpoll => new EpollPlane(),
            _ => throw new ToxiproxyException($"There is no data plane {name}: this system has {string.Join(" and ", Available)}."),
        };
    }
}
