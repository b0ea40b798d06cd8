using System.Runtime.CompilerServices;
using Harness.Load.Arrivals;
using Harness.Load.Loops;

namespace Harness.Load.Running;

/// <summary>Runs iterations, one at a time, on an event loop or the thread pool. It is its own context and its own work item, so that once made, an
/// iteration costs no memory.</summary>
internal sealed class VirtualUser : IScenarioContext, IThreadPoolWorkItem, ILoopWork
{
    /// <summary>How long one virtual user may keep a thread with iterations that never wait, before others get their turn.</summary>
    private const long LongestTurnMicroseconds = 500;

    private readonly ScenarioRun _scenario;
    private readonly Action _goOn;
    private SeededRandom? _random;
    private long _randomIsFor;
    private Dictionary<string, object>? _data;
    private ValueTaskAwaiter<IResponse> _running;
    private Exception? _thrown;
    private long _due;
    private long _started;
    private long _turnBegan;
    private int _phase;
    private int _queued;
    private long _enteredMs;

    public VirtualUser(ScenarioRun scenario, int number, int? copy = null)
    {
        _scenario = scenario;
        _goOn = GoOn;
        Copy = copy;
        ScenarioInfo = new ScenarioInfo(scenario.Name, number);
    }

    /// <summary>Its place among the virtual users of the closed model; null in the open model.</summary>
    public int? Copy { get; }

    public ScenarioInfo ScenarioInfo { get; }

    public long InvocationNumber { get; private set; }

    public TimeSpan DueAt { get; private set; }

    public CancellationToken ScenarioCancellationToken => _scenario.OverToken;

    public Dictionary<string, object> ScenarioInstanceData => _data ??= [];

    public Random Random
    {
        get
        {
            ulong seed = _scenario.SeedOf(InvocationNumber);
            _random ??= new SeededRandom(seed);
            if (_randomIsFor != InvocationNumber)
                _random.Reseed(seed);
            _randomIsFor = InvocationNumber;
            return _random;
        }
    }

    public ScenarioRun Scenario => _scenario;

    /// <summary>Where it runs; null for the thread pool.</summary>
    public EventLoop? Loop { get; set; }

    object ILoopWork.Owner => this;

    public int Phase => _phase;

    public void StopScenario(string scenarioName, string reason) => _scenario.StopScenario(scenarioName, reason);

    public void StopCurrentTest(string reason) => _scenario.StopAll(reason);

    /// <summary>Sets what the next iteration answers.</summary>
    public void Take(long invocation, TimeSpan dueAt, long due, int phase) =>
        (InvocationNumber, DueAt, _due, _phase) = (invocation, dueAt, due, phase);

    /// <summary>For how long the body has held its thread without awaiting; 0 when it does not.</summary>
    /// <param name="nowMs">As <see cref="Environment.TickCount64"/> has it.</param>
    public long HoldMs(long nowMs) => Volatile.Read(ref _enteredMs) is var entered and > 0 ? nowMs - entered : 0;

    /// <summary>Hands the iteration that it took to a thread.</summary>
    public void Queue()
    {
        Volatile.Write(ref _queued, 1);
        _scenario.QueueForThread(this);
    }

    /// <summary>Says what a loop is to run for it; null when its scenario has threads of its own, which then do.</summary>
    public ILoopWork? QueueHere()
    {
        Volatile.Write(ref _queued, 1);
        if (!_scenario.HasOwnThreads)
            return this;
        _scenario.QueueForThread(this);
        return null;
    }

    /// <summary>Hands it over once more, if no thread has begun with it.</summary>
    public void QueueAgain()
    {
        if (Volatile.Read(ref _queued) == 1)
            _scenario.QueueForThread(this);
    }

    public void Execute()
    {
        // Queued twice, when its scenario was moved to other threads, it runs where it is first found.
        if (Interlocked.Exchange(ref _queued, 0) == 0)
            return;
        _turnBegan = _started = _scenario.Clock.Timestamp;
        Iterate();
    }

    private void Iterate()
    {
        do
        {
            if (!TryStart())
            {
                _scenario.Leave(this);
                return;
            }

            if (_thrown is null && !_running.IsCompleted)
            {
                _running.UnsafeOnCompleted(_goOn);
                return;
            }
        }
        while (TryGoOn());
    }

    private void GoOn()
    {
        _turnBegan = _scenario.Clock.Timestamp;
        if (TryGoOn())
            Iterate();
    }

    private bool TryStart()
    {
        if (_scenario.OverToken.IsCancellationRequested)
            return false;
        _scenario.CountSent(_phase, _due, _started);
        _thrown = null;
        Volatile.Write(ref _enteredMs, Environment.TickCount64);
        try
        {
            _running = AwaiterOf(_scenario.Body(this));
        }
        catch (Exception thrown)
        {
            _thrown = thrown;
        }

        Volatile.Write(ref _enteredMs, 0);

        return true;
    }

    /// <summary>Ends the iteration; true when the next one, already taken, is to begin on this thread.</summary>
    private bool TryGoOn()
    {
        long ended = _scenario.Clock.Timestamp;
        IResponse response = Answer();
        _scenario.CountEnded(_phase, response, _due, _started, ended);
        _started = ended;
        if (!_scenario.TryContinue(this, ended))
            return false;
        if (!_scenario.HasOwnThreads && _scenario.Clock.Microseconds(_turnBegan, ended) < LongestTurnMicroseconds)
            return true;
        Queue();
        return false;
    }

    private IResponse Answer()
    {
        if (_thrown is not null)
            return AnswerTo(_thrown);
        try
        {
            return _running.GetResult() ?? Response.Unknown("no-response");
        }
        catch (Exception thrown)
        {
            return AnswerTo(thrown);
        }
    }

    // Kept, not awaited: an async method here would allocate its state for each iteration that waits. It is read once, when complete.
    private static ValueTaskAwaiter<IResponse> AwaiterOf(ValueTask<IResponse> iteration) => iteration.GetAwaiter();

    private static IResponse AnswerTo(Exception thrown) => thrown is IterationEndedException ended
        ? ended.Response
        : Response.Unknown(ErrorClass.Of(thrown), message: thrown.Message);
}
