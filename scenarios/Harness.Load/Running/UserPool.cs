namespace Harness.Load.Running;

/// <summary>The virtual users of the open model that have nothing to do. New ones are made up to a limit.</summary>
internal sealed class UserPool(ScenarioRun scenario, int most)
{
    private readonly Lock _gate = new();
    private readonly Stack<VirtualUser> _idle = [];
    private readonly List<VirtualUser> _made = [];

    /// <summary>Null when as many as there may be are busy.</summary>
    public VirtualUser? TryTake()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out VirtualUser? user))
                return user;
            if (_made.Count == most)
                return null;
            user = new VirtualUser(scenario, _made.Count);
            _made.Add(user);
            return user;
        }
    }

    public void Return(VirtualUser user)
    {
        lock (_gate)
            _idle.Push(user);
    }

    /// <summary>For how long each virtual user that holds its thread has held it, in ms.</summary>
    public long[] Holds(long nowMs)
    {
        lock (_gate)
            return [.. _made.Select(user => user.HoldMs(nowMs)).Where(hold => hold > 0)];
    }

    public void QueueAgain()
    {
        lock (_gate)
        {
            foreach (VirtualUser user in _made)
                user.QueueAgain();
        }
    }
}
