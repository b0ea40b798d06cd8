namespace Harness.Load;

/// <summary>Clients made before the load and shared out among virtual users: each always gets the same one.</summary>
public sealed class ClientPool<T> where T : notnull
{
    private readonly List<T> _clients = [];
    private readonly Lock _gate = new();

    public int Count
    {
        get
        {
            lock (_gate)
                return _clients.Count;
        }
    }

    public void AddClient(T client)
    {
        lock (_gate)
            _clients.Add(client);
    }

    /// <exception cref="InvalidOperationException">No client was added.</exception>
    public T GetClient(ScenarioInfo scenarioInfo)
    {
        lock (_gate)
        {
            return _clients.Count > 0
                ? _clients[scenarioInfo.InstanceNumber % _clients.Count]
                : throw new InvalidOperationException("The pool has no clients; add them in WithInit.");
        }
    }

    /// <summary>Ends every client that is <see cref="IDisposable"/>.</summary>
    public void DisposeClients() => DisposeClients(client => (client as IDisposable)?.Dispose());

    /// <summary>Ends every client as told; the pool is empty after it.</summary>
    public void DisposeClients(Action<T> disposeClient)
    {
        T[] clients;
        lock (_gate)
        {
            clients = [.. _clients];
            _clients.Clear();
        }

        foreach (T client in clients)
            disposeClient(client);
    }
}
