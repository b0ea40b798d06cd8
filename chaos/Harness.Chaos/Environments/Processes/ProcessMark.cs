using System.Text.Json.Serialization;

namespace Harness.Chaos.Environments.Processes;

/// <summary>One process and no other: its number is given again when it is gone, and after a restart of the machine; with its birth it is one. Linux only.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Birth">In ticks since the machine started.</param>
/// <param name="Boot">Changes with every start of the machine.</param>
internal sealed record ProcessMark(int Id, string Birth, string Boot)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>What the machine calls its present start; <c>unknown</c> where it has no such name.</summary>
    public static string PresentBoot { get; } = File.Exists(BootFile) ? File.ReadAllText(BootFile).Trim() : "unknown";

    /// <summary>Whether it runs, or is stopped; one that ended and was not yet buried does not.</summary>
    [JsonIgnore]
    public bool IsAlive => Boot == PresentBoot && ProcessTree.BirthOf(Id) == Birth;

    /// <summary>The process of that number as it is now; null when there is none, or where the system does not tell.</summary>
    public static ProcessMark? Of(int id) => ProcessTree.BirthOf(id) is { } birth ? new ProcessMark(id, birth, PresentBoot) : null;
}
