using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.Chaos.Control;

/// <summary>All that people can see of a system that is up, and all that they can do to it.</summary>
public sealed class ControlRoom
{
    internal ControlRoom(UpRequest request, IRunningEnvironment environment, RunRecordWriter record, RunJournal journal, Board board, LiveLoad load)
    {
        (Environment, Kind, Switches, Seed, Record, Board, Load) = (environment, request.Environment, request.Switches, request.Seed, record.Folder, board, load);
        Clock = record.Clock;
        Desk = new FaultDesk(environment, request.Environment, request.Switches, journal);
        Desk.Changed += () => board.Tell(Desk.All);
    }

    public IRunningEnvironment Environment { get; }

    public IEnvironmentKind Kind { get; }

    /// <summary>The switches of the order system, by name.</summary>
    public IReadOnlyDictionary<string, string> Switches { get; }

    public int Seed { get; }

    /// <summary>The folder of the record.</summary>
    public string Record { get; }

    /// <summary>What the times of everything here count by.</summary>
    public RunClock Clock { get; }

    /// <summary>What happens.</summary>
    public Board Board { get; }

    /// <summary>What was put wrong.</summary>
    public FaultDesk Desk { get; }

    /// <summary>What is asked of the system.</summary>
    public LiveLoad Load { get; }
}
