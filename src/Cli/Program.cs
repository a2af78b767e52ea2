Console.WriteLine("fx");
