using Harness.Load.Loops;

namespace Harness.Load.Running;

/// <summary>The virtual users of the closed model, each of which lives as long as the plan wants that many.</summary>
internal sealed class CopyTable(ScenarioRun scenario, int most)
{
    private readonly List<bool> _alive = [];
    private readonly List<VirtualUser> _users = [];
    private readonly Lock _gate = new();

    /// <summary>Starts a virtual user, unless it still lives.</summary>
    /// <param name="copy">Its number.</param>
    /// <param name="loop">Where it is to run; null for the thread pool.</param>
    /// <returns>Who is to run now; null when nobody is.</returns>
    public VirtualUser? Start(int copy, EventLoop? loop)
    {
        if (copy >= most)
            return null;
        VirtualUser user;
        lock (_gate)
        {
            while (_users.Count <= copy)
            {
                _users.Add(new VirtualUser(scenario, _users.Count, copy: _users.Count));
                _alive.Add(false);
            }

            if (_alive[copy])
                return null;
            _alive[copy] = true;
            user = _users[copy];
        }

        user.Loop = loop;
        return scenario.TryBegin(user) ? user : null;
    }

    /// <summary>Called by a virtual user that found itself no longer wanted: lets it die, unless it is wanted after all, which
    /// <see cref="Start"/> may just have decided in the belief that it lived.</summary>
    public bool KeepsOn(int copy)
    {
        lock (_gate)
        {
            bool wanted = scenario.Wants(copy);
            _alive[copy] = wanted;
            return wanted;
        }
    }

    /// <summary>For how long each virtual user that holds its thread has held it, in ms.</summary>
    public long[] Holds(long nowMs)
    {
        lock (_gate)
            return [.. _users.Select(user => user.HoldMs(nowMs)).Where(hold => hold > 0)];
    }

    public void QueueAgain()
    {
        lock (_gate)
        {
            foreach (VirtualUser user in _users)
                user.QueueAgain();
        }
    }
}
