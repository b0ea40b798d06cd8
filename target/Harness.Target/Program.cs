Console.Error.WriteLine("not wired yet"); return 3;
