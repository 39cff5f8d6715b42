"""First names of the region and of the communities that come to it: a short list of our own, as they sound."""

from typing import Final

FIRST_NAMES: Final = """
Natasha Masha Sasha Dasha Nataliya Nilab Shukriya
Aleksandar Alexander Aleksandra Ana Anna Andrey Andrej Angel Anton Antoaneta Asen Atanas Biljana Bilyana Bogdan Bojan
Boyan Boris Borislav Branko Daniel Daniela Darko Desislava Dejan Deyan Dimitar Dimitrije Dimitra Dobromir Dragan
Dragana Dusan Elena Elitsa Emil Filip Gabriela Galina Georgi Gergana Goran Gordana Hristo Iliya Ilija Iliyana Irena
Ivan Ivana Ivanka Ivo Ivelina Ivica Jasna Jelena Jovan Jovana Kalin Kalina Kamen Katarina Katerina Kiril Konstantin
Krasimir Krasimira Kristina Krum Lazar Lidiya Ljiljana Ljubica Lyudmila Magdalena Maja Maya Maria Marija Mariya
Mariana Marin Marina Marko Martin Mihail Mihaela Mihajlo Milena Milica Milan Milos Mirjana Miroslav Miroslava Momchil
Nadya Natalia Nenad Nevena Nikola Nikolay Nikolaj Nikolina Nina Ognyan Olga Olivera Pavel Petar Petya Petja Petra
Plamen Predrag Radka Radoslav Radoslava Rumen Rumyana Ruzica Sasho Sanja Silvia Simeon Simona Slavica Slobodan Snezana
Snezhana Spas Stanimir Stanislav Stefan Stefka Stevan Stoyan Svetla Svetlana Svetozar Tanya Tatjana Tatyana Teodor
Teodora Todor Todorka Tsvetan Tsvetana Tsvetelina Valentin Valentina Valeri Vanya Vasil Vasilka Velichka Ventsislav
Veselin Veselina Vesna Violeta Viktor Viktoria Vladimir Vlado Vojislav Vuk Yana Yavor Yoana Yordan Yordanka Zdravko
Zhivko Zoran Zorica Zlatko Agnese Aija Aivars Aleksandrs Andris Anita Arturs Baiba Dace Daina Dainis Dzintars Edgars
Egils Elina Evija Gints Guntis Gunta Ieva Ilze Imants Inese Inga Ingrida Janis Juris Kristaps Kristine Laura Liene
Linda Maris Martins Madara Mara Normunds Peteris Raimonds Ruta Sandra Santa Sanita Sintija Uldis Valdis Vilnis Vija
Zane Zigurds Abbas Abdul Abdulah Abdullah Abdulrahman Abdulrahim Abdi Adnan Ahmad Ahmed Aisha Aysha Aicha Akram Alaa
Ali Alia Alireza Amal Amina Amir Amira Ammar Anas Anwar Arash Arezou Ashraf Asma Ayman Ayoub Aziz Aziza Babak Bahar
Basel Bashar Bashir Bassam Behnaz Bilal Burhan Dalal Dalia Darya Davood Dilan Dina Ehsan Elham Emine Esra Fadi Fadil
Fahim Faisal Farah Farid Farida Farhad Farhan Farzana Fatema Fatima Fatma Fatimah Feda Firas Fawzia Ghada Ghulam Habib
Habibullah Hadi Hadija Khadija Hafsa Haidar Hala Halil Halima Hamid Hamida Hamza Hana Hanan Hasan Hassan Hasib Haytham
Hekmat Hodan Homayoun Huda Hussein Husein Hussain Ibrahim Idris Ihab Ikram Imad Imran Ismail Issa Jamal Jamila Jawad
Jawed Javad Kamal Kamran Karim Karima Kawa Khaled Khalid Khalil Laila Leila Layla Leyla Lina Mahdi Mehdi Mahmoud
Mahmud Mahnaz Majid Malek Malika Malalai Maryam Mariam Marwa Marwan Masoud Matin Maysa Mirwais Mohamad Mohamed
Mohammad Mohammed Muhamed Muhammad Mohsen Mona Mostafa Mustafa Mourad Murad Munir Mursal Nabil Nadia Nadir Naim Najib
Najibullah Nargis Nasir Nasrin Naser Nasser Navid Nawal Nazanin Nazir Nesrin Niloufar Nisrin Noor Nour Nura Omar Osama
Osman Parisa Parvin Qasim Rabia Rahim Rahima Rahman Ramadan Ramin Rana Rania Rashid Rasul Reza Rima Rohullah Rozina
Rostam Ruqaya Saad Sabah Sabir Sabrina Sadaf Sadiq Saeed Said Saida Saif Salah Saleh Salim Salima Salma Salman Sami
Samir Samira Samia Samar Sana Sanaa Sardar Shabnam Shadi Shahin Shakira Sharif Shukria Shirin Sidra Sima Siwar Soraya
Suhail Suleiman Sultan Taher Tahir Tamim Tarek Tariq Tahmina Thaer Usama Wael Wahid Walid Wali Warda Yahya Yaser
Yasser Yasin Yasmin Yasmina Younes Yunus Yusuf Yousef Yusra Zabihullah Zahir Zahra Zainab Zaynab Zakaria Zaki Zalmay
Zarina Zeinab Zeynep Ziad Zubair Zuhal Abebe Amanuel Bereket Berhane Dawit Eyob Filmon Fikre Getachew Hirut Kidane
Meron Mehret Mulu Rahel Samuel Selam Semhar Senait Tekle Tesfaye Tsegay Yohannes Yonas Ayaan Ayan Faduma Fartun Hibo
Ifrah Liban Mohamud Nasteho Sahra Warsame Aminata Fatou Mamadou Ousmane Moussa Ibrahima Chidi Emeka Ngozi Anastasia
Anastasiya Andrii Andriy Artem Bohdan Daryna Dmytro Halyna Hanna Igor Ihor Inna Iryna Irina Kateryna Ksenia Larysa
Liudmyla Lyubov Maksym Maxim Mykola Mykhailo Nadiia Nataliya Oksana Oleg Oleh Oleksandr Oleksandra Oleksii Olena Olha
Pavlo Petro Roman Ruslan Serhii Sergey Sergei Solomiia Svitlana Taras Tetiana Vadym Valeriy Vasyl Viktoriia Vitalii
Volodymyr Vyacheslav Yaroslav Yevhen Yulia Yuliia Yuri Yurii Zoya Andrew Anthony Brian Catherine Charles Christine
Christopher David Deborah Edward Elizabeth Emily Eric George Hannah Helen Henry James Jane Jennifer Jessica John
Joseph Joshua Julia Karen Kate Kevin Lisa Margaret Mary Matthew Michael Michelle Nancy Nicholas Oliver Patricia
Patrick Paul Peter Philip Rachel Rebecca Richard Robert Ronald Ruth Sarah Sara Simon Sophie Stephen Steven Susan
Thomas Timothy Vincent William
"""

# First names that are also words, places, months or organisations: a name only together with a family name.
AMBIGUOUS: Final = """
Sofia Milan Jordan Yordan Santa Mira Sava Nada Vera Viara Vyara Nadezhda Lyubov Slava Zora Roza Dana Daina Vita Rasa
Angel Amal Huda Ramadan Sultan Noor Nour Rana Abdul Said Sana Farah Dina Issa Sami Saad Sima Asma Taras Roman Mara
Ruta Lina Linda Inga Vija Selam Hana Hala Paul Peter Hristo Petar Georgi Spas Samar Karim Salma Varna Regina Mulu
Malek Wali Yana Dalia Bahar Rima Hadi Kawa Hibo
"""
