using System.Text.Json.Serialization;
using Harness.Chaos.Environments.Externals;
using Harness.Chaos.Environments.Processes;

namespace Harness.Chaos.Environments.Leftovers;

/// <summary>Something that this process means to undo before it ends; written down before, or as soon as, it is there.</summary>
[JsonDerivedType(typeof(ProcessIntent), "process")]
[JsonDerivedType(typeof(FolderIntent), "folder")]
[JsonDerivedType(typeof(ProxiesIntent), "proxies")]
[JsonDerivedType(typeof(FaultIntent), "fault")]
internal abstract record Intent;

/// <summary>A process that was started, and may be stopped by a fault.</summary>
internal sealed record ProcessIntent(string Name, ProcessMark Mark) : Intent;

/// <summary>A folder that was made.</summary>
internal sealed record FolderIntent(string Path) : Intent;

/// <summary>Proxies of somebody else that are changed. The token of their API is not in it.</summary>
internal sealed record ProxiesIntent(ProxiesFound Found) : Intent;

/// <summary>A fault that is put in place; what undoes it are the others. It is there to be told.</summary>
internal sealed record FaultIntent(string Described) : Intent;

/// <summary>A line of the journal: whose it is, what was meant, or what was undone.</summary>
internal sealed record IntentLine
{
    /// <summary>The first line: the process that writes.</summary>
    public ProcessMark? Holder { get; init; }

    /// <summary>What it runs, for people.</summary>
    public string? Command { get; init; }

    public int Id { get; init; }

    public Intent? Meant { get; init; }

    public bool Undone { get; init; }
}
