namespace Harness.Load.Running;

/// <summary>The virtual users of the open model that have nothing to do. New ones are made up to a limit.</summary>
internal sealed class UserPool(ScenarioRun scenario, int most)
{
    private readonly Lock _gate = new();
    private readonly Stack<VirtualUser> _idle = [];
    private int _made;

    /// <summary>Null when as many as there may be are busy.</summary>
    public VirtualUser? TryTake()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out VirtualUser? user))
                return user;
            return _made < most ? new VirtualUser(scenario, _made++) : null;
        }
    }

    public void Return(VirtualUser user)
    {
        lock (_gate)
            _idle.Push(user);
    }
}
